// The order between folders. Apart from the other walls because tests may reach the whole product from any folder,
// and pages run in the browser, not beside the server's files of their folder.
const walls = require('./.dependency-cruiser.cjs')

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles-between-folders',
      comment: 'Two folders that need each other are one folder, or hide a third.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/.' },
      to: { circular: true },
    },
  ],
  options: {
    ...walls.options,
    // What one folder needs of another while it runs; types alone make no order.
    tsPreCompilationDeps: false,
    exclude: {
      path: [
        '\\.(test|fixtures?|matrix|testing)\\.tsx?$',
        '^src/(platform|web)/testing/',
        '^src/(modules|platform)/[^/]+/pages/',
        '^scripts/',
        '^dist/',
        '(^|/)node_modules/',
      ],
    },
  },
}
