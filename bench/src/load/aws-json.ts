import { createHmac, hash } from 'node:crypto';
import type { InputOf, OperationName } from '@poolhouse/model';
import type { Prepared } from './send.ts';

/** The access key of development, and the region that all pools of the bench are made in. */
const KEY = 'local';
const SECRET = 'local';
const REGION = 'eu-west-1';
const SERVICE = 'cognito-idp';

const SIGNED_HEADERS = 'content-type;host;x-amz-date;x-amz-target';

/** A request of the AWS JSON protocol without a signature, as browsers send it. */
export function unsigned<Name extends OperationName>(name: Name, input: InputOf<Name>): Prepared {
  const body = JSON.stringify(input);
  return { path: '/', headers: headersOf(name, body), body };
}

/** The same with a signature of now. Source: AWS General Reference, "Create a signed AWS API request". */
export function signed<Name extends OperationName>(
  port: number,
  name: Name,
  input: InputOf<Name>,
): Prepared {
  const body = JSON.stringify(input);
  const time = `${new Date().toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;
  const headers = { ...headersOf(name, body), host: `127.0.0.1:${port}`, 'x-amz-date': time };
  const canonical =
    `POST\n/\n\ncontent-type:${headers['content-type']}\nhost:${headers.host}\nx-amz-date:${time}\n` +
    `x-amz-target:${headers['x-amz-target']}\n\n${SIGNED_HEADERS}\n${hash('sha256', body)}`;
  const scope = `${time.slice(0, 8)}/${REGION}/${SERVICE}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', canonical)}`;
  const signature = createHmac('sha256', signingKey(time.slice(0, 8)))
    .update(toSign)
    .digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${KEY}/${scope}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}`;
  return { path: '/', headers: { ...headers, authorization }, body };
}

function headersOf(name: OperationName, body: string) {
  return {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': String(Buffer.byteLength(body)),
    'x-amz-target': `AWSCognitoIdentityProviderService.${name}`,
  };
}

function signingKey(date: string): Buffer {
  let key: string | Buffer = `AWS4${SECRET}`;
  for (const step of [date, REGION, SERVICE, 'aws4_request']) {
    key = createHmac('sha256', key).update(step).digest();
  }
  return key as Buffer;
}
