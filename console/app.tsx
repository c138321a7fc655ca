/** The console: who is there, where they may go, and the view of the address. */
import { Alert, Button, Text, Title, useMantineColorScheme, useComputedColorScheme } from '@mantine/core';
import { useRef } from 'react';
import { Link, useRoute } from 'wouter';
import { SignedInProvider, signOut, useCaller, useSession, type SignedIn } from './api/session';
import { SignIn, SignInAgain } from './sign-in';
import { Heading } from './ui/heading';
import { useSay } from './ui/messages';
import { Failure, Loading, sentenceOf } from './ui/states';
import { Views } from './views';

export function App() {
  const { data: session, error, refetch } = useSession();
  // Who has been here once keeps their view, with what is typed in it, until they are back.
  const seen = useRef<SignedIn>(undefined);
  if (session?.signedIn) seen.current = session;
  if (seen.current) {
    return (
      <SignedInProvider value={seen.current}>
        <Frame />
        <SignInAgain />
      </SignedInProvider>
    );
  }
  if (session) return <SignIn />;
  return (
    <main className="sign-in">
      <Title order={1}>Catalogue</Title>
      {error ? <Failure error={error} retry={refetch} /> : <Loading />}
    </main>
  );
}

const views = [
  { href: '/products', label: 'Products', route: 'GET /products' },
  { href: '/categories', label: 'Categories', route: 'GET /categories' },
  { href: '/activity', label: 'Activity', route: 'GET /admin/changes' },
  { href: '/users', label: 'Users', route: 'GET /admin/users' },
  { href: '/bin', label: 'Bin', route: 'POST /admin/products/{productId}/restore' },
];

function Frame() {
  const { email, may } = useCaller();
  const say = useSay();
  const own = views.filter(({ route }) => may(route));
  return (
    <>
      <a href="#main" className="skip">
        Skip to the content
      </a>
      <header className="top">
        <span className="brand">Catalogue</span>
        <nav aria-label="Views">
          {own.map(({ href, label }) => (
            <ViewLink key={href} href={href} label={label} />
          ))}
        </nav>
        <div className="who">
          <Text size="sm" className="email">
            {email}
          </Text>
          <ColourScheme />
          <Button
            size="xs"
            variant="default"
            onClick={() =>
              void signOut().catch((error: unknown) => say(`You are still signed in: ${sentenceOf(error)}`))
            }
          >
            Sign out
          </Button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {own.length === 0 ? <NothingForYou /> : <Views />}
      </main>
    </>
  );
}

function ViewLink({ href, label }: { href: string; label: string }) {
  const [isHere] = useRoute(`${href}/*?`);
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined}>
      {label}
    </Link>
  );
}

function ColourScheme() {
  const { setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const other = shown === 'light' ? 'dark' : 'light';
  return (
    <Button size="xs" variant="default" onClick={() => setColorScheme(other)}>
      {other === 'dark' ? 'Dark' : 'Light'}
    </Button>
  );
}

function NothingForYou() {
  const { email, groups } = useCaller();
  return (
    <>
      <Heading>Nothing to see yet</Heading>
      <Alert color="blue">
        You are signed in as {email}, {groups.length === 0 ? 'in no group' : `in ${groups.join(' and ')}`}: that lets
        you see nothing of the catalogue. Ask an admin to add you to a group, then sign in again.
      </Alert>
    </>
  );
}
