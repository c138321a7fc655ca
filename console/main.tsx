/** Puts the console into its page. */
import { createTheme, MantineProvider, type MantineColorScheme, type MantineColorSchemeManager } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { App } from './app';
import { isPassing } from './api/problem';
import { UnlessBroken } from './ui/broken';
import { guardHistory, useGuardedLocation } from './ui/leaving';
import { Messages } from './ui/messages';

/** The page keeps nothing in the browser: it is as the system has it, or as chosen until it is closed. */
function inMemory(): MantineColorSchemeManager {
  let chosen: MantineColorScheme | undefined;
  return {
    get: (preset) => chosen ?? preset,
    set: (value) => void (chosen = value),
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => void (chosen = undefined),
  };
}

const theme = createTheme({
  components: {
    // What a field says of itself stands below it, so that the fields of a row are level.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
  },
});

const queries = new QueryClient({
  defaultOptions: {
    // Reads alone: what changes something is tried again by a person.
    queries: {
      retry: (times, error) => times < 2 && isPassing(error),
      refetchOnWindowFocus: false,
      // What has failed is there as soon as the network is, without a button in each part of the view.
      refetchOnReconnect: ({ state }) => (state.status === 'error' ? 'always' : false),
      // Parts of a view that want the same are answered once.
      staleTime: 2_000,
      networkMode: 'always',
    },
    // Who is offline is told so at once.
    mutations: { networkMode: 'always' },
  },
});

export function showConsole(): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no place for the page');
  guardHistory();
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      withCssVariables={false}
      withGlobalClasses={false}
      defaultColorScheme="auto"
      colorSchemeManager={inMemory()}
    >
      <UnlessBroken>
        <QueryClientProvider client={queries}>
          <Router base="/console" hook={useGuardedLocation}>
            <Messages>
              <App />
            </Messages>
          </Router>
        </QueryClientProvider>
      </UnlessBroken>
    </MantineProvider>,
  );
}
