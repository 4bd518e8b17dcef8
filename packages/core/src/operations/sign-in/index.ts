/** The built operations of this area, by name. */
export const signInOperations = {};
