import { authenticatorUri } from './authenticator-uri';

it('the URI of a key is read as intended whatever the names are', () => {
  const key = 'JBSWY3DP';
  expect(authenticatorUri({ key, issuer: 'Shop: North', account: 'ann+1@example.com' })).toBe(
    'otpauth://totp/Shop%20%20North:ann%2B1%40example.com?secret=JBSWY3DP&issuer=Shop%20%20North',
  );
  expect(authenticatorUri({ key, issuer: '', account: 'ann' })).toBe(
    'otpauth://totp/ann?secret=JBSWY3DP',
  );
});
