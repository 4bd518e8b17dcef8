/**
 * The region of an ARN, if it differs from the pool's; `undefined` if it is the same or missing. In regions that AWS does not have, such as
 * `local`, there are no functions, keys or topics, so ARNs of any region are accepted.
 */
export function otherRegionOf(arn: string | undefined, region: string): string | undefined {
  if (arn === undefined || !isRegionOfAws(region)) return undefined;
  const own = regionOfArn(arn);
  return own === undefined || own === region ? undefined : own;
}

/** The fourth part of an ARN; `undefined` if it is empty. */
export function regionOfArn(arn: string): string | undefined {
  return arn.split(':')[3] || undefined;
}

/** Whether the name has the form of AWS's own regions: `eu-west-1`, `us-gov-east-1`, not `ph-local-1`. */
export function isRegionOfAws(region: string): boolean {
  return /^(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)-(?:[a-z]+-)?(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}$/.test(
    region,
  );
}
