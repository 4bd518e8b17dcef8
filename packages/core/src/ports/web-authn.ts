/** The part that we use of `@simplewebauthn/server`, which checks what authenticators send. */
export interface WebAuthnLibrary {
  /** Rejects what does not hold. */
  verifyRegistrationResponse(options: {
    readonly response: object;
    readonly expectedChallenge: string;
    readonly expectedOrigin: string;
    readonly expectedRPID: string;
    readonly requireUserVerification: boolean;
    readonly supportedAlgorithmIDs: number[];
  }): Promise<{
    readonly verified: boolean;
    readonly registrationInfo?: {
      readonly aaguid: string;
      readonly credential: {
        readonly id: string;
        /** In COSE form. */
        readonly publicKey: Uint8Array;
        readonly counter: number;
      };
      readonly credentialDeviceType: 'singleDevice' | 'multiDevice';
      readonly credentialBackedUp: boolean;
    };
  }>;
  /** Rejects what does not hold, `verified` is about the signature alone. */
  verifyAuthenticationResponse(options: {
    readonly response: object;
    readonly expectedChallenge: string;
    readonly expectedOrigin: string;
    readonly expectedRPID: string;
    readonly requireUserVerification: boolean;
    readonly credential: {
      readonly id: string;
      readonly publicKey: Uint8Array;
      readonly counter: number;
    };
  }): Promise<{
    readonly verified: boolean;
    readonly authenticationInfo: {
      readonly newCounter: number;
      readonly userVerified: boolean;
      readonly credentialDeviceType: 'singleDevice' | 'multiDevice';
      readonly credentialBackedUp: boolean;
    };
  }>;
  readonly helpers: {
    decodeAttestationObject(attestationObject: Uint8Array): {
      get(name: 'authData'): Uint8Array | undefined;
    };
    decodeCredentialPublicKey(publicKey: Uint8Array): ReadonlyMap<unknown, unknown>;
    readonly isoCBOR: { encode(value: unknown): Uint8Array };
  };
}

/** Loads the library when it is first asked for; `undefined` where it is not installed. */
export type LoadWebAuthn = () => Promise<WebAuthnLibrary | undefined>;
