import { createServer } from 'node:http';
import { StartError } from '../start-error.ts';
import { closeServer, listenOnLoopback } from './loopback-server.ts';

/** Sees to it that a port can be had, before anything is started. @throws StartError that names the flag */
export async function assertPortFree(port: number, flag: string): Promise<void> {
  const server = createServer();
  try {
    await listenOnLoopback(server, port);
  } catch (error) {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const why = inUse ? 'in use by another program' : 'not to be had';
    throw new StartError(`Port ${port} is ${why}: choose another with ${flag}, e.g. npm start -- ${flag} 0`);
  }
  await closeServer(server);
}
