/** What stands in the place of a page that has broken: nobody is left with an empty one. */
import { Alert, Button, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
}

/** A class, for React tells no function of it. */
export class UnlessBroken extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError = () => ({ isBroken: true });

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

const Broken = () => (
  <main className="sign-in">
    <Title order={1}>Catalogue</Title>
    <Alert color="red" role="alert" title="Something went wrong here: what you have saved is safe." />
    <Button onClick={() => window.location.reload()}>Load the page anew</Button>
  </main>
);
