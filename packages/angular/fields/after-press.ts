import { InjectionToken } from '@angular/core';

/**
 * Does something once no button or finger is down. A message that appears between press and release would move the button away from
 * under the pointer, and the click would be lost. Whoever knows of presses around a field provides it.
 */
export const AFTER_PRESS = new InjectionToken<(act: () => void) => void>('AFTER_PRESS');
