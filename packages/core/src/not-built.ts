/**
 * The API's operations that are not built yet: they are known, and answer UnknownOperationException. Removing a name from this list makes
 * the compiler demand its operation.
 */
export type NotBuilt =
  | 'CreateManagedLoginBranding'
  | 'CreateTerms'
  | 'CreateUserPoolDomain'
  | 'CreateUserPoolReplica'
  | 'DeleteManagedLoginBranding'
  | 'DeleteTerms'
  | 'DeleteUserPoolDomain'
  | 'DeleteUserPoolReplica'
  | 'DescribeManagedLoginBranding'
  | 'DescribeManagedLoginBrandingByClient'
  | 'DescribeTerms'
  | 'DescribeTermsByClient'
  | 'GetClientToken'
  | 'GetProvisionedLimit'
  | 'ListTerms'
  | 'ListUserPoolReplicas'
  | 'SetUICustomization'
  | 'UpdateManagedLoginBranding'
  | 'UpdateProvisionedLimit'
  | 'UpdateTerms'
  | 'UpdateUserPoolDomain'
  | 'UpdateUserPoolReplica';
