/** A setting that the server cannot start with. The message is one line for the operator and names the fix. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** The name of the setting, or of the file. */
  readonly setting: string;

  constructor(setting: string, problem: string, fix: string) {
    super(`${setting} ${problem}. ${fix}`);
    this.setting = setting;
  }
}
