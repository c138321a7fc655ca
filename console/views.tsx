/** The view of each address. */
import { Anchor, Text } from '@mantine/core';
import { useEffect } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
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
      <Route path="/products/new" component={NewProduct} />
      <Route path="/products/import">
        <Import key="products" kind="products" />
      </Route>
      <Route path="/products/:id">{({ id }) => <Product key={id} id={id} tab="details" />}</Route>
      <Route path="/products/:id/history">{({ id }) => <Product key={id} id={id} tab="history" />}</Route>
      <Route path="/products/:id/deleted">{({ id }) => <RecordHistory kind="products" id={id} />}</Route>
      <Route path="/categories" component={Categories} />
      <Route path="/categories/import">
        <Import key="categories" kind="categories" />
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
        <Heading>There is no such page</Heading>
        <Anchor component={Link} href="/products">
          Go to the products
        </Anchor>
      </Route>
    </Switch>
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
