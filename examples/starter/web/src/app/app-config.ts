import { provideHttpClient, withInterceptors } from '@angular/common/http';
import type { ApplicationConfig } from '@angular/core';
import { provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { poolhouseInterceptor, providePoolhouse } from '@poolhouse/angular';
import { POOL_CONFIG, type PoolConfig } from './pool-config';
import { routes } from './routes';

/** Everything that the application is made of, for one user pool. */
export function appConfig(pool: PoolConfig): ApplicationConfig {
  const { userPoolId, clientId, endpoint, passwordPolicy, signInFlow, signUpPassword } = pool;
  return {
    providers: [
      providePoolhouse({
        userPoolId,
        clientId,
        endpoint,
        signInFlow,
        // Poolhouse tells these four by itself; Amazon Cognito does not.
        passwordPolicy,
        signInNames: ['username', 'email', 'preferred_username'],
        signUp: { attributes: ['email'], ...(signUpPassword && { password: signUpPassword }) },
        signUpVerification: 'link',
        onSessionEnd: 'redirect',
        routes: { signIn: '/sign-in', home: '/profile', forbidden: '/not-allowed' },
      }),
      provideHttpClient(withInterceptors([poolhouseInterceptor])),
      provideRouter(
        routes,
        withComponentInputBinding(),
        withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      ),
      { provide: POOL_CONFIG, useValue: pool },
    ],
  };
}
