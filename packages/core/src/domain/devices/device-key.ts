/** Source: API model, DeviceKeyType. */
const LONGEST_KEY = 55;

/** Whether a text has the form of a device's key: the region and a UUID. Source: API model, DeviceKeyType. */
export function isDeviceKey(text: string): boolean {
  return text.length <= LONGEST_KEY && /^[\w-]+_[0-9a-f-]+$/.test(text);
}
