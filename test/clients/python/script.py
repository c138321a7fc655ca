"""A client that openapi-python-client has made of docs/openapi.json."""

import json
import os
import sys
import uuid
from pathlib import Path

import httpx
from catalogue import AuthenticatedClient
from catalogue.api.categories import create_category
from catalogue.api.products import create_product, delete_product, list_all_products, patch_product
from catalogue.models import (
    Category,
    CategoryInput,
    Currency,
    Forbidden,
    GatewayMessage,
    PriceChanges,
    PriceInput,
    Product,
    ProductChanges,
    ProductInput,
    ProductPage,
    SkuTaken,
    StaleVersion,
)
from catalogue.types import Unset

# One behind the JWT authorizer, and one behind the Lambda authorizer.
jwt, gate = [json.loads(Path(file).read_text()) for file in sys.argv[1:]]


def sign_in(stack: dict[str, str], email: str) -> str:
    """An access token."""
    response = httpx.post(
        stack["cognitoUrl"],
        headers={
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
        },
        content=json.dumps(
            {
                "ClientId": stack["clientId"],
                "AuthFlow": "USER_PASSWORD_AUTH",
                "AuthParameters": {"USERNAME": email, "PASSWORD": os.environ["CATALOG_PASSWORD"]},
            }
        ),
    )
    token: str = response.json()["AuthenticationResult"]["AccessToken"]
    return token


token = sign_in(jwt, "admin@example.com")
print("signed in")

# docs
client = AuthenticatedClient(base_url=jwt["apiUrl"], token=token)
# docs

category = create_category.sync(client=client, body=CategoryInput(name="python"))
assert isinstance(category, Category), category
category_id = category.id


def product_with(number: int) -> ProductInput:
    price = PriceInput(amount=5_000_000_000, currency=Currency.EUR)
    return ProductInput(
        sku=f"python-{number}", slug=f"python-{number}", name="Red shoe", price=price, category_id=category_id
    )


created = create_product.sync_detailed(client=client, body=product_with(1), idempotency_key=str(uuid.uuid4()))
assert isinstance(created.parsed, Product), created
print(f"created at {created.parsed.price.amount} {created.parsed.price.currency}")
product_id = created.parsed.id

# docs
changed = patch_product.sync(
    product_id,
    client=client,
    if_match=created.headers["ETag"],
    body=ProductChanges(price=PriceChanges(amount=3_900), image_url=None),
)
if isinstance(changed, Product):
    print(f"changed to {changed.price.amount}, version {changed.version}")
# docs

overtaken = patch_product.sync(product_id, client=client, if_match='"1"', body=ProductChanges(name="Blue shoe"))
if isinstance(overtaken, StaleVersion):
    print(f"412 {overtaken.code}: now {overtaken.current_version}")

# docs
problem = create_product.sync(client=client, body=product_with(1))
if isinstance(problem, SkuTaken):
    print(f"409 {problem.code}: {problem.field}")
# docs

for number in (2, 3):
    assert isinstance(create_product.sync(client=client, body=product_with(number)), Product)
count = 0
page = list_all_products.sync(client=client, category_id=category_id, limit=2)
while isinstance(page, ProductPage):
    count += len(page.items)
    if isinstance(page.next_token, Unset):
        break
    page = list_all_products.sync(client=client, category_id=category_id, limit=2, next_token=page.next_token)
print(f"paged through {count}")

for stack in (jwt, gate):
    shopper = AuthenticatedClient(base_url=stack["apiUrl"], token=sign_in(stack, "shopper@example.com"))
    refused = create_category.sync(client=shopper, body=CategoryInput(name="Mine"))
    if isinstance(refused, Forbidden):
        print(f"403 {refused.code}")
    elif isinstance(refused, GatewayMessage):
        print(f"403 from the gateway: {refused.message}")

print(f"deleted: {int(delete_product.sync_detailed(product_id, client=client).status_code)}")
