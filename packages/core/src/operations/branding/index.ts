import { getUICustomization } from './get-ui-customization.ts';

/** The built operations of this area, by name. */
export const brandingOperations = {
  GetUICustomization: getUICustomization,
};
