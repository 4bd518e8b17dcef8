import { authOf, poolhouse, poolOrigin } from '@poolhouse/express';
import { administrators, type AdministratorsOptions } from '@poolhouse/express/admin';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Config } from './config.ts';
import { answerFailure, answerNotFound } from './failure.ts';
import { groupList, listed, newUser, userList } from './users.ts';
import { webApplication } from './web-application.ts';

/** Where the built web application is; and what tests put in place of the network. */
export interface AppOptions {
  readonly webFolder?: string;
  readonly sdk?: Pick<AdministratorsOptions, 'credentials' | 'clientConfig'>;
  readonly fetch?: typeof globalThis.fetch;
}

/** The whole API: five routes, and the web application beside them. */
export function createApp(config: Config, { webFolder, sdk, fetch }: AppOptions = {}): Express {
  const { userPoolId, region, clientId, endpoint, signInFlow } = config;
  const pool = { userPoolId, region, endpoint };
  const { requireAuth } = poolhouse({ pools: [{ ...pool, clientIds: [clientId] }], fetch });
  const users = administrators({ ...pool, ...sdk });

  const app = express();
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          connectSrc: ["'self'", poolOrigin(config)],
          // Whether there is TLS is the affair of whatever stands in front of this.
          upgradeInsecureRequests: null,
        },
      },
    }),
  );
  app.use(express.json({ limit: '10kb' }));

  app.get('/api/health', (_req, res) => {
    res.json({ status: 'ok' });
  });
  app.get('/api/me', requireAuth(), (req, res) => {
    const { sub, username, groups, clientId: client, expiresAtMs } = authOf(req);
    res.json({ sub, username, groups, clientId: client, expiresAt: new Date(expiresAtMs) });
  });
  app.get('/api/admin', requireAuth({ groups: ['admin'] }), async (_req, res) => {
    res.json(await userList(users));
  });
  app.get('/api/groups', requireAuth({ groups: ['admin'] }), async (_req, res) => {
    res.json({ groups: await groupList(users) });
  });
  app.post('/api/users', requireAuth({ groups: ['admin'] }), async (req, res) => {
    const user = newUser(req.body);
    res.status(201).json(listed(await users.createUser(user), user.groups.includes('admin')));
  });
  app.use('/api', answerNotFound);

  app.get('/config.json', (_req, res) => {
    res.set('Cache-Control', 'no-cache').json(config);
  });
  if (webFolder !== undefined) {
    app.use(webApplication(webFolder, { isChoice: signInFlow === 'choice' }));
  }
  app.use(answerFailure);
  return app;
}
