import { TOLD as told } from '../testing/told-settings';
import type { PoolhouseConfig } from '../config/poolhouse-config';
import { clientSettings } from './client-settings';

describe('what counts for the screens', () => {
  it('is the configuration, then what is usual, where the pool tells nothing', () => {
    expect(clientSettings({}, null)).toEqual({
      signInNames: ['username'],
      passwordPolicy: undefined,
      signUpOpen: true,
      signUpAttributes: ['email'],
      signUpVerification: 'code',
      signInFlow: 'srp',
      signUpPassword: 'required',
      signInLinks: false,
      changeableAddresses: undefined,
    });
    const passwordPolicy = { minimumLength: 12 };
    const config = { passwordPolicy, signUp: { open: false }, signUpVerification: 'link' } as const;
    expect(clientSettings(config, null)).toMatchObject({
      passwordPolicy,
      signUpOpen: false,
      signUpVerification: 'link',
    });
  });

  it('is what the pool tells, whatever the configuration still says of it', () => {
    const config = { passwordPolicy: { minimumLength: 8 }, signUpVerification: 'code' } as const;
    expect(clientSettings(config, told)).toEqual({
      signInNames: ['username', 'email'],
      passwordPolicy: told.passwordPolicy,
      signUpOpen: true,
      signUpAttributes: ['email', 'given_name'],
      signUpVerification: 'link',
      signInFlow: 'srp',
      signUpPassword: 'required',
      signInLinks: false,
      changeableAddresses: undefined,
    });
  });

  it('has what newer pools tell, and what is safe with others', () => {
    const more = { signInLinks: true, changeableAddresses: ['email'] } as const;
    expect(clientSettings({}, { ...told, ...more })).toMatchObject(more);
    expect(clientSettings({}, told).signInLinks).toBe(false);
  });

  it('lets the application choose among what the pool allows, and nothing else', () => {
    const names = (signInNames: readonly ('email' | 'phone_number')[]) =>
      clientSettings({ signInNames }, told).signInNames;
    expect(names(['email'])).toEqual(['email']);
    expect(names(['email', 'phone_number'])).toEqual(['username', 'email']);
    expect(clientSettings({ signUp: { open: false } }, told).signUpOpen).toBe(false);
    const closed = { ...told, signUp: { ...told.signUp, open: false } };
    expect(clientSettings({ signUp: { open: true } }, closed).signUpOpen).toBe(false);
  });

  it('asks at sign-up for all that the pool needs, beside what the application wants', () => {
    const ask = (attributes: readonly ('given_name' | 'phone_number' | 'custom:size')[]) =>
      clientSettings({ signUp: { attributes } }, told).signUpAttributes;
    expect(ask(['custom:size'])).toEqual(['email', 'given_name', 'custom:size']);
    // One address is enough, and the application's order stays.
    expect(ask(['phone_number', 'given_name'])).toEqual(['phone_number', 'given_name']);
    const size = { name: 'custom:size', label: 'Size' } as const;
    const none = {
      ...told,
      signUp: { ...told.signUp, requiredAttributes: [], verifiedAttributes: [] },
    };
    expect(clientSettings({ signUp: { attributes: [size] } }, none).signUpAttributes).toEqual([
      size,
    ]);
    expect(clientSettings({}, none).signUpAttributes).toEqual([]);
  });

  it('takes the flow that the app client allows', () => {
    const flow = (signInFlow: PoolhouseConfig['signInFlow'], authFlows: readonly string[]) =>
      clientSettings({ signInFlow }, { ...told, authFlows }).signInFlow;
    const [srp, password] = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'];
    expect(flow(undefined, [srp])).toBe('srp');
    expect(flow(undefined, [password])).toBe('password');
    expect(flow('password', [srp])).toBe('srp');
    expect(flow('password', [srp, password])).toBe('password');
    expect(flow(undefined, [])).toBe('srp');
    const choice = 'ALLOW_USER_AUTH';
    expect(flow('choice', [srp, choice])).toBe('choice');
    expect(flow('choice', [password])).toBe('password');
    expect(flow('srp', [srp, choice])).toBe('srp');
    expect(flow('srp', [choice])).toBe('choice');
  });

  it('has accounts without a password only where people can sign in without one', () => {
    const signUp = { password: 'none' } as const;
    expect(clientSettings({ signUp }, null).signUpPassword).toBe('required');
    expect(clientSettings({ signUp, signInFlow: 'choice' }, null).signUpPassword).toBe('none');
    // The app client does not allow the choice.
    expect(clientSettings({ signUp, signInFlow: 'choice' }, told).signUpPassword).toBe('required');
  });
});
