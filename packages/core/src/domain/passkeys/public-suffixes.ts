/**
 * Domains under which anybody can have a name, of those that people are likeliest to write. Not the Public Suffix List: that has some 10,000
 * lines which change every week, and browsers hold the whole of it against what they are asked for, so a pool with a suffix that is missing
 * here has no passkeys, but shares none either (security.md P02).
 */
const SECOND_LEVELS: Readonly<Record<string, string>> = {
  uk: 'co org me ltd plc net ac gov sch nhs police',
  au: 'com net org edu gov asn id',
  nz: 'co net org ac govt school geek gen kiwi',
  za: 'co net org ac gov web',
  jp: 'co ne or ac go ed gr lg ad',
  kr: 'co ne or ac go re pe',
  in: 'co net org gen firm ind ac edu res gov nic',
  id: 'co or ac go web sch net my biz',
  il: 'co org net ac gov muni',
  th: 'co or ac go in net mi',
  ke: 'co or ne go ac sc me info mobi',
  at: 'co or ac gv',
  br: 'com net org gov edu art blog eco ind inf app dev',
  cn: 'com net org gov edu ac',
  tw: 'com net org gov edu idv',
  hk: 'com net org gov edu idv',
  sg: 'com net org gov edu per',
  my: 'com net org gov edu name',
  ph: 'com net org gov edu ngo',
  vn: 'com net org gov edu info name pro biz',
  mx: 'com net org gob edu',
  ar: 'com net org gob edu int tur',
  co: 'com net org gov edu nom',
  pe: 'com net org gob edu nom',
  tr: 'com net org gov edu gen web name bbs k12',
  ua: 'com net org gov edu in kiev lviv',
  pl: 'com net org gov edu info biz waw',
  sa: 'com net org gov edu med pub sch',
  eg: 'com net org gov edu sci name',
  ng: 'com net org gov edu name sch mobi',
  pk: 'com net org gov edu fam web biz',
  bd: 'com net org gov edu ac',
};

const HOSTERS: ReadonlySet<string> = new Set([
  ...['github.io', 'gitlab.io', 'pages.dev', 'workers.dev', 'vercel.app', 'netlify.app', 'web.app'],
  ...['firebaseapp.com', 'herokuapp.com', 'fly.dev', 'onrender.com', 'azurewebsites.net'],
  ...['cloudfront.net', 'amazonaws.com', 'blogspot.com', 'ngrok.io', 'ngrok.app', 'ngrok-free.app'],
  ...['appspot.com', 'run.app', 'azurestaticapps.net', 'cloudapp.net', 'surge.sh', 'glitch.me'],
  ...['deno.dev', 'edgeone.app', 'lovable.app', 'replit.app', 'streamlit.app', 'up.railway.app'],
]);

/** Whether a host is known to be a suffix under which anybody can have a name. */
export function isPublicSuffix(host: string): boolean {
  if (HOSTERS.has(host)) return true;
  const [second = '', country = '', ...more] = host.split('.');
  if (country === '') return true;
  return more.length === 0 && (SECOND_LEVELS[country] ?? '').split(' ').includes(second);
}
