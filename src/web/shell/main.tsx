import './schema-settings.ts'
import '@fontsource/be-vietnam-pro/400.css'
import '@fontsource/be-vietnam-pro/600.css'
import '../fonts/digits.css'
import '../styles/mantine.css'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/print.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { makeQueryClient } from '../read.ts'
import { LanguageProvider } from './language-provider.tsx'
import { makeRouter } from './routes.tsx'
import { theme } from './theme.ts'

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no element #root')

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <LanguageProvider>
        <QueryClientProvider client={makeQueryClient()}>
          <RouterProvider router={makeRouter()} />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  </StrictMode>,
)
