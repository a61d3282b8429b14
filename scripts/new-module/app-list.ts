import ts from 'typescript'
import { StartRefusal } from '../../src/platform/start-refusal.ts'

const unreadable = () =>
  new StartRefusal(
    'Không tìm thấy danh sách `parts` trong src/app.ts nên chưa tạo gì. Hãy viết lại thành `export const parts: readonly Part[] = [ … ]`.',
    'There is no list `parts` in src/app.ts; nothing was made. Write it as `export const parts: readonly Part[] = [ … ]`.',
  )

/**
 * The text of app.ts with one more module: its import after the other modules, its name at the end of `parts`. Refuses
 * with StartRefusal a name that app.ts uses already, and a file without the list.
 */
export function withModule(appText: string, name: { folder: string; camel: string }): string {
  const source = ts.createSourceFile('app.ts', appText, ts.ScriptTarget.Latest, true)
  if (usesName(source, name.camel))
    throw new StartRefusal(
      `Tên «${name.camel}» đã có trong src/app.ts nên chưa tạo gì. Hãy đặt tên khác.`,
      `The name “${name.camel}” is used in src/app.ts already; nothing was made. Take another one.`,
    )
  const list = partsOf(source)
  const last = list?.elements.at(-1)
  const imported = source.statements.filter(ts.isImportDeclaration)
  const modules = imported.filter((line) => line.moduleSpecifier.getText(source).includes('./modules/'))
  const lastImport = modules.at(-1) ?? imported.at(-1)
  if (!last || !lastImport) throw unreadable()
  return [
    appText.slice(0, lastImport.end),
    `\nimport { ${name.camel} } from './modules/${name.folder}/index.ts'`,
    appText.slice(lastImport.end, last.end),
    `,\n  ${name.camel}`,
    appText.slice(last.end),
  ].join('')
}

function usesName(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node) && node.text === name) return true
  return ts.forEachChild(node, (child) => usesName(child, name) || undefined) ?? false
}

function partsOf(source: ts.SourceFile): ts.ArrayLiteralExpression | undefined {
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (name.getText(source) === 'parts' && initializer && ts.isArrayLiteralExpression(initializer))
        return initializer
    }
  }
  return undefined
}
