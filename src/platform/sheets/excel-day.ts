const DAY_MILLISECONDS = 86_400_000
/** Days between the two calendars that Excel files use: 1900 (Windows) and 1904 (old Macintosh). */
const FROM_1904_TO_1900 = 1462

/** The serial of the 1900 calendar for a serial of a file. */
export function serialIn1900(serial: number, isDate1904: boolean): number {
  return isDate1904 ? serial + FROM_1904_TO_1900 : serial
}

/**
 * The day ('YYYY-MM-DD') of an Excel serial in the 1900 calendar; the time of day is dropped. Undefined outside 1900–9999
 * and for serial 60: Excel believes that 29/2/1900 existed.
 */
export function dayOfSerial(serial: number): string | undefined {
  const whole = Math.floor(serial)
  if (whole < 1 || whole === 60 || whole > 2_958_465) return undefined
  const epoch = Date.UTC(1899, 11, whole < 60 ? 31 : 30)
  return new Date(epoch + whole * DAY_MILLISECONDS).toISOString().slice(0, 10)
}

/** The Excel serial (1900 calendar) of a day 'YYYY-MM-DD'. */
export function serialOfDay(day: string): number {
  const serial = (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / DAY_MILLISECONDS
  return serial < 61 ? serial - 1 : serial
}

/** The day as people here write it: 30/08/2022. */
export function dayInWords(day: string): string {
  return day.split('-').reverse().join('/')
}
