import type { Deployed } from './resolve-intrinsics.ts';
import type { Resource } from './template.ts';

export const region = 'us-east-1';
const accountId = '000000000000';

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': accountId,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::StackName': 'BillingWatch',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The property that holds a resource's own name; without it CloudFormation makes one up from the logical id. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SQS::Queue': 'QueueName',
};

export function physicalName({ logicalId, type, properties }: Resource): string {
  const given = properties[nameProperties[type] ?? ''];
  if (typeof given === 'string') return given;
  return properties.FifoQueue === true ? `${logicalId}.fifo` : logicalId;
}

/** The ARN of a resource in the account on this machine. @example arn('sqs', 'alerts') // 'arn:aws:sqs:us-east-1:000000000000:alerts' */
export function arn(service: string, name: string): string {
  return `arn:aws:${service}:${service === 'iam' ? '' : region}:${accountId}:${name}`;
}

/** What stands before the name in an ARN. */
const arnPrefixes: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'table/',
  'AWS::DynamoDB::Table': 'table/',
  'AWS::IAM::Role': 'role/',
  'AWS::Lambda::Function': 'function:',
  'AWS::Logs::LogGroup': 'log-group:',
  'AWS::SecretsManager::Secret': 'secret:',
};

const arnOf = (resource: Resource): string =>
  arn(
    resource.type.split('::')[1]?.toLowerCase() ?? '',
    `${arnPrefixes[resource.type] ?? ''}${physicalName(resource)}`,
  );

/** Where the servers on this machine are reached. */
export interface LocalEndpoints {
  readonly sqs: string;
  /** Every HTTP API's. */
  readonly api: string;
}

/** What `Ref` and `Fn::GetAtt` give on this machine; queue URLs lead to the embedded SQS, those of APIs to our server. */
export function localNames(resources: readonly Resource[], endpoints: LocalEndpoints): Deployed {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  return {
    ref(id) {
      const resource = byId.get(id);
      if (resource === undefined) return pseudoParameters[id] ?? id;
      if (resource.type === 'AWS::SQS::Queue')
        return `${endpoints.sqs}/${accountId}/${physicalName(resource)}`;
      if (resource.type === 'AWS::SecretsManager::Secret') return arnOf(resource);
      return physicalName(resource);
    },
    attribute(id, attribute) {
      const resource = byId.get(id);
      if (resource === undefined) throw new Error(`The template has no ${id} to take ${attribute} of.`);
      if (attribute === 'ApiEndpoint') return endpoints.api;
      return attribute === 'Arn' ? arnOf(resource) : `${physicalName(resource)}.${attribute}`;
    },
  };
}
