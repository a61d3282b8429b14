/** What a caller accepts. `document` is a PDF or a Word file, `sheet` a spreadsheet. */
export type FileKind = 'image' | 'pdf' | 'sheet' | 'document'

/** What the bytes of a file were found to be. */
export type FileFormat = 'jpeg' | 'png' | 'webp' | 'pdf' | 'docx' | 'xlsx' | 'xls' | 'csv'

const megabyte = 1_000_000

/** What each kind takes, how large it may be in bytes, and what it is called in a sentence. */
export const fileKinds: Record<
  FileKind,
  { formats: readonly FileFormat[]; maxBytes: number; vi: string; en: string }
> = {
  image: {
    formats: ['jpeg', 'png', 'webp'],
    maxBytes: 10 * megabyte,
    vi: 'ảnh (JPEG, PNG, WebP)',
    en: 'a picture (JPEG, PNG, WebP)',
  },
  pdf: { formats: ['pdf'], maxBytes: 20 * megabyte, vi: 'tệp PDF', en: 'a PDF file' },
  sheet: {
    formats: ['xlsx', 'xls', 'csv'],
    maxBytes: 10 * megabyte,
    vi: 'bảng tính (.xlsx, .xls, .csv)',
    en: 'a spreadsheet (.xlsx, .xls, .csv)',
  },
  document: {
    formats: ['pdf', 'docx'],
    maxBytes: 20 * megabyte,
    vi: 'văn bản (PDF, Word .docx)',
    en: 'a document (PDF, Word .docx)',
  },
}

/** How each format is sent, and the endings its name may have; the first one is given where a name has none. */
export const fileFormats: Record<
  FileFormat,
  { mediaType: string; endings: readonly string[]; vi: string; en: string }
> = {
  jpeg: {
    mediaType: 'image/jpeg',
    endings: ['jpg', 'jpeg', 'jpe', 'jfif'],
    vi: 'ảnh JPEG',
    en: 'a JPEG picture',
  },
  png: { mediaType: 'image/png', endings: ['png'], vi: 'ảnh PNG', en: 'a PNG picture' },
  webp: { mediaType: 'image/webp', endings: ['webp'], vi: 'ảnh WebP', en: 'a WebP picture' },
  pdf: { mediaType: 'application/pdf', endings: ['pdf'], vi: 'tệp PDF', en: 'a PDF file' },
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['docx'],
    vi: 'văn bản Word',
    en: 'a Word document',
  },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    endings: ['xlsx'],
    vi: 'bảng tính Excel',
    en: 'an Excel workbook',
  },
  xls: {
    mediaType: 'application/vnd.ms-excel',
    endings: ['xls'],
    vi: 'bảng tính Excel 97-2003',
    en: 'an Excel 97-2003 workbook',
  },
  csv: { mediaType: 'text/csv; charset=utf-8', endings: ['csv', 'txt'], vi: 'tệp CSV', en: 'a CSV file' },
}

/** Media types that a browser shows by itself without running anything. */
export const imageMediaTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']
