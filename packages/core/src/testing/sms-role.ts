/** Settings by which a pool may send text messages. */
export const sms = {
  SnsCallerArn: 'arn:aws:iam::000000000000:role/sms',
  ExternalId: 'poolhouse',
} as const;
