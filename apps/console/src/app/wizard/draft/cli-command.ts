/** What stands before the options of each command. */
export interface CliTarget {
  readonly endpoint: string;
  readonly region: string;
}

/**
 * The AWS CLI's command for an operation's input: an option for each member, lists of texts as words, structures as JSON.
 * Source: the CLI's own rules for names (`PoolName` is `--pool-name`) and for flags (`--no-generate-secret`).
 */
export function cliCommand(command: string, input: object, target?: CliTarget): string {
  const lines = [`aws cognito-idp ${command}`];
  if (target) {
    lines.push(`--endpoint-url ${word(target.endpoint)}`, `--region ${word(target.region)}`);
  }
  for (const [member, value] of Object.entries(input)) {
    if (value !== undefined) lines.push(option(kebab(member), value));
  }
  return lines.join(' \\\n  ');
}

function option(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? `--${name}` : `--no-${name}`;
  if (typeof value === 'string' || typeof value === 'number')
    return `--${name} ${word(`${value}`)}`;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    // Nothing at all would be an option without its value.
    return value.length > 0 ? `--${name} ${value.map(word).join(' ')}` : `--${name} '[]'`;
  }
  return `--${name} ${word(JSON.stringify(value))}`;
}

/** A word of the shell, in quotes where it needs them. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function kebab(member: string): string {
  return member.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
