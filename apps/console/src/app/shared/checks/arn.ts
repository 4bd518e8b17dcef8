const ARN =
  /^arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:\d+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?$/;

/** Whether a text has the form of an ARN. Source: API model, ArnType. */
export function isArn(text: string): boolean {
  return ARN.test(text);
}
