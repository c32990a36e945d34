import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { closeServer, listenOnLoopback } from './loopback-server.ts';

const getSecretValue = z.object({ SecretId: z.string() });

/**
 * Speaks the one call of Secrets Manager that the functions make, `GetSecretValue`, for secrets by ARN.
 * @param guarded puts IAM in front of it
 */
export async function startSecretsServer(
  secrets: ReadonlyMap<string, string>,
  guarded: (server: Server) => void = () => undefined,
) {
  const answer = (id: string) => {
    const secret = secrets.get(id);
    return secret === undefined
      ? {
          status: 400,
          body: { __type: 'ResourceNotFoundException', message: `There is no secret ${id} here.` },
        }
      : { status: 200, body: { ARN: id, Name: id, SecretString: secret, VersionStages: ['AWSCURRENT'] } };
  };
  const server = createServer((request, response) => {
    json(request)
      .then((body) => answer(getSecretValue.parse(body).SecretId))
      .then(({ status, body }) => {
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
          .end(JSON.stringify(body));
      })
      .catch(() => response.destroy());
  });
  guarded(server);
  return { url: await listenOnLoopback(server, 0), stop: () => closeServer(server) };
}
