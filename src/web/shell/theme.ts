import { createTheme, type MantineColorsTuple } from '@mantine/core'

const cham: MantineColorsTuple = [
  '#eceef8',
  '#d9def3',
  '#b9c3ee',
  '#aebbf5',
  '#6c7fd0',
  '#4d61bd',
  '#3b4fa8',
  '#2b3f8c',
  '#223272',
  '#182455',
]

const danger: MantineColorsTuple = [
  '#fbecea',
  '#f7d8d3',
  '#f5b9ae',
  '#f49d8d',
  '#dd6a57',
  '#c74a37',
  '#b53525',
  '#a12a1c',
  '#842015',
  '#66180f',
]

const warmGray: MantineColorsTuple = [
  '#f8f6f0',
  '#f0ede5',
  '#e4e1d7',
  '#dcd9cf',
  '#b9b6aa',
  '#85837a',
  '#63645b',
  '#55574f',
  '#383a34',
  '#1c1d1a',
]

const night: MantineColorsTuple = [
  '#ecebe4',
  '#d5d4cb',
  '#b4b3a9',
  '#9b9c92',
  '#5a5b53',
  '#3a3b35',
  '#20221d',
  '#161714',
  '#11120f',
  '#0b0c0a',
]

const font = "'Be Vietnam Pro', system-ui, 'Segoe UI', Roboto, sans-serif"

/** The values that Mantine parts draw with; the same colours as styles/tokens.css. */
export const theme = createTheme({
  colors: { cham, danger, gray: warmGray, dark: night },
  primaryColor: 'cham',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  white: '#fdfcf8',
  black: '#1c1d1a',
  fontFamily: font,
  headings: { fontFamily: font, fontWeight: '600' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.6' },
  fontSizes: { xs: '0.875rem', sm: '0.875rem', md: '1rem', lg: '1.125rem', xl: '1.375rem' },
  defaultRadius: '3px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'md', variant: 'filled' } },
    Input: { defaultProps: { size: 'md' } },
    InputWrapper: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md', autosize: true, minRows: 3 } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
    Switch: { defaultProps: { size: 'md' } },
    Menu: { defaultProps: { shadow: 'sm', position: 'bottom-end' } },
  },
})
