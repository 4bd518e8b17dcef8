import type {
  CreateUserPoolClientRequest,
  CreateUserPoolRequest,
  SetUserPoolMfaConfigRequest,
} from '@poolhouse/model';
import { ADVISED, type Choices } from './choices.ts';
import { clientInput } from './client-input.ts';
import { mfaInput } from './mfa-input.ts';
import { poolInput } from './pool-input.ts';

/** A user pool in the making. It never changes: `with` makes the next one. */
export class Draft {
  readonly choices: Choices;

  constructor(choices: Choices = ADVISED) {
    this.choices = choices;
  }

  /** The draft with other choices, and with what follows from them. */
  with(changes: Partial<Choices>): Draft {
    return new Draft(followed(this.choices, { ...this.choices, ...changes }));
  }

  /** CreateUserPool's input. */
  toCreateUserPool(): CreateUserPoolRequest {
    return poolInput(this.choices);
  }

  /** SetUserPoolMfaConfig's input; `undefined` when no second factor is wanted. */
  toSetUserPoolMfaConfig(poolId: string): SetUserPoolMfaConfigRequest | undefined {
    return mfaInput(this.choices, poolId);
  }

  /** CreateUserPoolClient's input; `undefined` when no client is wanted. */
  toCreateUserPoolClient(poolId: string): CreateUserPoolClientRequest | undefined {
    return this.choices.withClient ? clientInput(this.choices, poolId) : undefined;
  }

  toJSON(): Choices {
    return this.choices;
  }

  /** The draft that was kept; choices that it does not know are as advised. Fails never: what is no draft is a new one. */
  static fromJSON(kept: unknown): Draft {
    if (typeof kept !== 'object' || kept === null) return new Draft();
    const choices = { ...ADVISED, ...sameKind(kept, ADVISED) };
    const texts = { ...ADVISED.texts, ...sameKind(choices.texts, ADVISED.texts) };
    return new Draft({ ...choices, texts });
  }
}

/** What one choice means for others: no choice is left that the service would refuse, or that would have no effect. */
function followed(before: Choices, now: Choices): Choices {
  let next = now;
  if (now.clientName === '' || now.clientName === suggestedClient(before.name)) {
    next = { ...next, clientName: suggestedClient(now.name) };
  }
  // Without a secret the refresh token is all that a thief needs: it is exchanged with every use (security.md 1, C5).
  if (now.secret !== before.secret) next = { ...next, rotation: !now.secret };
  if (now.signInWith !== before.signInWith || now.aliases !== before.aliases) {
    next = { ...next, verify: mediaOf(next), required: requiredOf(before, next) };
  }
  if (!next.verify.includes('email') && next.verifyBy === 'link') {
    next = { ...next, verifyBy: 'code' };
  }
  if (next.verify !== before.verify) next = { ...next, recovery: recoveryOf(next) };
  return next;
}

function suggestedClient(name: string): string {
  return name.trim() && `${name.trim()}-web`;
}

/** What people sign in with has to be verified, or it does not work as a name. */
function mediaOf({ signInWith, aliases, verify }: Choices): Choices['verify'] {
  if (signInWith === 'email') return ['email'];
  if (signInWith === 'phone') return ['phone_number'];
  if (signInWith === 'email-or-phone') return ['email', 'phone_number'];
  const media = (['email', 'phone_number'] as const).filter(
    (medium) => aliases.includes(medium) || (medium === 'email' && verify.includes('email')),
  );
  return media.length > 0 ? media : ['email'];
}

/** An address that is the name is required by itself; an alias without a value is no use. */
function requiredOf(before: Choices, { signInWith, aliases, required }: Choices) {
  const names = new Set(required);
  if (signInWith !== 'username') {
    names.delete('email');
    names.delete('phone_number');
  } else if (before.signInWith !== 'username' && aliases.includes('email')) {
    names.add('email');
  }
  return [...names];
}

function recoveryOf({ verify, recovery }: Choices): Choices['recovery'] {
  const [mail, phone] = [verify.includes('email'), verify.includes('phone_number')];
  if (recovery === 'admin' || (!mail && !phone)) return 'admin';
  if (mail && phone) return recovery;
  return mail ? 'email' : 'phone';
}

/** Of `value` what has the kind of its counterpart; a list stands for what may be absent, too. */
function sameKind(value: unknown, model: object): object {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(([name, member]) => {
      if (!(name in model)) return false;
      const counterpart = (model as Record<string, unknown>)[name];
      if (counterpart === undefined) return Array.isArray(member);
      if (Array.isArray(counterpart)) return Array.isArray(member);
      return typeof member === typeof counterpart && member !== null && !Array.isArray(member);
    }),
  );
}
