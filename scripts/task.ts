import path from 'node:path'
import { StartRefusal } from '../src/platform/start-refusal.ts'

/** Tells the operator how far a task is. */
export function progress(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The one file name that a task takes, relative to where the operator typed it. */
export function wantedFile(args: readonly string[], task: 'backup' | 'restore'): string {
  const [file, ...more] = args
  if (!file || more.length > 0)
    throw new StartRefusal(
      `Hãy cho đúng một tên tệp, ví dụ: npm run ${task} ban-lang-so.tar.gz`,
      `Give exactly one file name, for example: npm run ${task} ban-lang-so.tar.gz`,
    )
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), file)
}

/** Runs a task with the arguments of the command line; a refusal is shown in words, without a stack. */
export async function runTask(task: (args: readonly string[]) => Promise<void>): Promise<void> {
  try {
    await task(process.argv.slice(2))
  } catch (error) {
    const text =
      error instanceof StartRefusal
        ? `${error.vi}\n  ${error.en}`
        : error instanceof Error
          ? error.stack
          : error
    process.stderr.write(`\n${String(text)}\n`)
    process.exitCode = 1
  }
}
