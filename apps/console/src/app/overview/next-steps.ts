/** What is known of a pool for telling what comes next. */
export interface PoolFacts {
  readonly clients: number;
  readonly users: number;
  readonly signIns: number;
  readonly groups: number;
  readonly isProtected: boolean;
}

/** Something to do next, and the page where it is done. */
export interface NextStep {
  readonly id: 'client' | 'user' | 'sign-in' | 'group' | 'protect';
  readonly page: 'clients' | 'users' | 'groups' | 'settings';
  readonly isDone: boolean;
}

/** The way from an empty pool to one in use, in order. */
export function nextSteps({
  clients,
  users,
  signIns,
  groups,
  isProtected,
}: PoolFacts): readonly NextStep[] {
  return [
    { id: 'client', page: 'clients', isDone: clients > 0 },
    { id: 'user', page: 'users', isDone: users > 0 },
    { id: 'sign-in', page: 'clients', isDone: signIns > 0 },
    { id: 'group', page: 'groups', isDone: groups > 0 },
    { id: 'protect', page: 'settings', isDone: isProtected },
  ];
}
