import { config } from 'zod'

// Zod would otherwise try `new Function`, which the content security policy refuses and the browser reports. This must
// have run before the first schema is made, so main.tsx imports it first.
config({ jitless: true })
