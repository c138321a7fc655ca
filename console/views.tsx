/** The view of each address. */
import { Anchor, Text } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
import { useCaller } from './api/session';
import { Categories } from './categories/categories';
import { Import } from './files/import';
import { Activity } from './history/activity';
import { RecordHistory } from './history/record-history';
import { Bin } from './products/bin';
import { ProductList } from './products/list';
import { NewProduct } from './products/new-product';
import { Product } from './products/product';
import { Heading } from './ui/heading';
import { Users } from './users/users';

export function Views() {
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/products" replace />
      </Route>
      <Route path="/products" component={ProductList} />
      <Route path="/products/new">
        <Only route="POST /products">
          <NewProduct />
        </Only>
      </Route>
      <Route path="/products/import">
        <Only route="POST /admin/products/bulk">
          <Import key="products" kind="products" />
        </Only>
      </Route>
      <Route path="/products/:id">{({ id }) => <Product key={id} id={id} tab="details" />}</Route>
      <Route path="/products/:id/history">{({ id }) => <Product key={id} id={id} tab="history" />}</Route>
      <Route path="/products/:id/deleted">{({ id }) => <RecordHistory kind="products" id={id} />}</Route>
      <Route path="/categories" component={Categories} />
      <Route path="/categories/import">
        <Only route="POST /categories">
          <Import key="categories" kind="categories" />
        </Only>
      </Route>
      <Route path="/categories/:id/history">{({ id }) => <RecordHistory kind="categories" id={id} />}</Route>
      <Route path="/activity" component={Activity} />
      <Route path="/users" component={Users} />
      <Route path="/bin" component={Bin} />
      <Route path="/signed-in" component={SignedInView} />
      <Route path="/sign-in-failed">
        <Redirect to="/products" replace />
      </Route>
      <Route>
        <Elsewhere>There is no such page</Elsewhere>
      </Route>
    </Switch>
  );
}

/** A view for those who may do what it is for; a link that somebody else was sent may lead to it. */
function Only({ route, children }: { route: string; children: ReactNode }) {
  const { may } = useCaller();
  return may(route) ? children : <Elsewhere>This page is for those who may change the catalogue</Elsewhere>;
}

function Elsewhere({ children }: { children: string }) {
  return (
    <>
      <Heading>{children}</Heading>
      <Anchor component={Link} href="/products">
        Go to the products
      </Anchor>
    </>
  );
}

/** The tab in which somebody has signed in again. */
function SignedInView() {
  useEffect(() => window.close(), []);
  return (
    <>
      <Heading>You are signed in</Heading>
      <Text>Close this tab, and go on where you were.</Text>
    </>
  );
}
