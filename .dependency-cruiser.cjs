// The walls of the house. scripts/walls.test.ts plants a trespass against each of them.
const MODULE = '^src/modules/([^/]+)/'
const TESTS = '\\.(test|fixtures?|matrix|testing)\\.tsx?$'
const CONTRACT = '[./]contract\\.ts$'
const TEXTS = '[./]texts\\.ts$'
// How the cruiser names what is built into Node: 'fs', 'fs/promises'.
const NODE = ['^[a-z0-9_]+$', '^[a-z0-9_]+/[a-z]+$']
const SQL = '(^|/)node_modules/(kysely|pg|pg-copy-streams|graphile-worker)/'
const PAGES = '^src/(modules|platform)/[^/]+/pages/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'modules-meet-at-index',
      comment: 'A module reaches another one only through its index.ts or contract.ts.',
      severity: 'error',
      from: { path: MODULE },
      to: { path: '^src/modules/', pathNot: ['^src/modules/$1/', '/index\\.ts$', CONTRACT] },
    },
    {
      name: 'platform-knows-no-module',
      comment:
        'The platform serves any records system; it knows no module, no demo and no page. Its tests may use the whole product.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: [TESTS, PAGES, '^src/platform/testing/'] },
      to: { path: ['^src/modules/', '^src/app\\.ts$', '^src/main\\.ts$', '^src/web/', '^demo/'] },
    },
    {
      name: 'rules-and-policies-are-pure',
      comment: 'Rules and policies only compute: contracts, other rules, days, fractions and the actor.',
      severity: 'error',
      from: { path: '\\.(rules|policy)\\.ts$' },
      to: {
        path: ['^src/', '(^|/)node_modules/', ...NODE],
        pathNot: [
          '\\.(rules|policy|types)\\.ts$',
          CONTRACT,
          '^src/platform/calendar/',
          '^src/platform/measures/fraction\\.ts$',
          '^src/platform/text/',
          '^src/platform/actor/(actor|capability)\\.ts$',
          '(^|/)node_modules/zod/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pages-never-see-the-server',
      comment: 'A page imports its contract, its texts, other pages of its module, and the web shell.',
      severity: 'error',
      from: { path: PAGES, pathNot: TESTS },
      to: {
        path: '^src/(modules|platform|app|main)',
        pathNot: [PAGES, CONTRACT, TEXTS, '^src/platform/text/'],
      },
    },
    {
      name: 'browser-runs-no-server-library',
      severity: 'error',
      comment: 'What runs in the browser needs no database, no server library and nothing of Node.',
      from: { path: ['^src/web/', PAGES], pathNot: TESTS },
      to: {
        path: [SQL, '(^|/)node_modules/(fastify|@fastify/[^/]+|@node-rs/[^/]+|sharp|exceljs)/', ...NODE],
      },
    },
    {
      name: 'web-knows-no-module',
      comment: 'The shell finds pages through import.meta.glob; it names no module.',
      severity: 'error',
      from: { path: '^src/web/', pathNot: TESTS },
      to: { path: ['^src/modules/', '^src/(app|main)\\.ts$', '^demo/'] },
    },
    {
      name: 'web-sees-contracts-of-the-platform',
      comment:
        'Of the platform the shell sees contracts, texts and how names are folded; nothing that runs on the server.',
      severity: 'error',
      from: { path: '^src/web/', pathNot: TESTS },
      to: { path: '^src/platform/', pathNot: [CONTRACT, TEXTS, '^src/platform/text/'] },
    },
    {
      name: 'only-stores-touch-sql',
      comment: 'SQL is written in stores, views and the platform.',
      severity: 'error',
      from: {
        path: ['^src/modules/', '^src/(app|main)\\.ts$', '^demo/'],
        pathNot: ['\\.(store|views|jobs)\\.ts$', TESTS],
      },
      to: { path: SQL, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'routes-skip-stores',
      comment: 'A route calls actions and views; the store is behind the actions.',
      severity: 'error',
      from: { path: '\\.routes\\.ts$' },
      to: { path: '\\.store\\.ts$' },
    },
    {
      name: 'demo-uses-the-front-door',
      comment: 'The demo is made by calling what modules offer.',
      severity: 'error',
      from: { path: '^demo/' },
      to: { path: '^src/modules/', pathNot: ['/index\\.ts$', CONTRACT] },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      comment: 'Only tests use what is made for tests.',
      from: {
        pathNot: [TESTS, '^src/platform/testing/', '^src/web/testing/', '^scripts/', '\\.config\\.ts$'],
      },
      to: { path: [TESTS, '^src/(platform|web)/testing/'] },
    },
    {
      name: 'no-cycles-between-files',
      comment: 'Files that need each other are one file.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      comment: 'An import that leads nowhere.',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^\\.data/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    skipAnalysisNotInRules: false,
  },
}
