import { createHash } from 'node:crypto'

const modulus = 1n << 128n

/**
 * Adds up the rows of a table in COPY text format so that two tables with the same rows, in whatever order they lie on disk, give the same sum.
 * A line is a row: COPY writes line breaks inside values as `\n`.
 */
export class RowSum {
  rows = 0
  private total = 0n
  private rest: Buffer[] = []

  add(chunk: Buffer): void {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      this.addRow(chunk.subarray(from, end))
      from = end + 1
    }
    if (from < chunk.length) this.rest.push(Buffer.from(chunk.subarray(from)))
  }

  private addRow(end: Buffer): void {
    const row = this.rest.length > 0 ? Buffer.concat([...this.rest, end]) : end
    this.rest = []
    const digest = createHash('sha256').update(row).digest()
    this.total = (this.total + (digest.readBigUInt64BE(0) << 64n) + digest.readBigUInt64BE(8)) % modulus
    this.rows += 1
  }

  /** 32 hexadecimal digits. */
  get sum(): string {
    return this.total.toString(16).padStart(32, '0')
  }
}
