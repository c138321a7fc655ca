// A client that oapi-codegen has made of docs/openapi.json.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"

	"clients/catalogue"

	"github.com/oapi-codegen/nullable"
)

type stack struct{ ApiUrl, CognitoUrl, ClientId string }

// A client with an access token of the user.
func connect(stack stack, email string) *catalogue.ClientWithResponses {
	body := must(json.Marshal(map[string]any{
		"ClientId":       stack.ClientId,
		"AuthFlow":       "USER_PASSWORD_AUTH",
		"AuthParameters": map[string]string{"USERNAME": email, "PASSWORD": os.Getenv("CATALOG_PASSWORD")},
	}))
	request := must(http.NewRequest(http.MethodPost, stack.CognitoUrl, bytes.NewReader(body)))
	request.Header.Set("Content-Type", "application/x-amz-json-1.1")
	request.Header.Set("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth")
	response := must(http.DefaultClient.Do(request))
	defer response.Body.Close()
	var answer struct{ AuthenticationResult struct{ AccessToken string } }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		log.Fatal(err)
	}
	token := answer.AuthenticationResult.AccessToken
	// docs
	authorise := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
	client := must(catalogue.NewClientWithResponses(stack.ApiUrl, catalogue.WithRequestEditorFn(authorise)))
	// docs
	return client
}

func main() {
	log.SetFlags(log.Lshortfile)
	ctx := context.Background()
	// One behind the JWT authorizer, and one behind the Lambda authorizer.
	jwt, lambda := read(os.Args[1]), read(os.Args[2])
	client := connect(jwt, "admin@example.com")
	fmt.Println("signed in")

	category := must(client.CreateCategoryWithResponse(ctx, nil, catalogue.CategoryInput{Name: "go"})).JSON201
	product := func(number int) catalogue.ProductInput {
		sku := fmt.Sprintf("go-%d", number)
		price := catalogue.PriceInput{Amount: 5_000_000_000, Currency: catalogue.EUR}
		return catalogue.ProductInput{Sku: sku, Slug: &sku, Name: "Red shoe", Price: price, CategoryId: category.Id}
	}
	key := rand.Text()
	created := must(client.CreateProductWithResponse(ctx, &catalogue.CreateProductParams{IdempotencyKey: &key}, product(1)))
	fmt.Println("created at", created.JSON201.Price.Amount, created.JSON201.Price.Currency)
	id := created.JSON201.Id

	// docs
	etag, amount := created.HTTPResponse.Header.Get("ETag"), int64(3_900)
	changed := must(client.PatchProductWithResponse(ctx, id, &catalogue.PatchProductParams{IfMatch: &etag}, catalogue.ProductChanges{
		Price:    &catalogue.PriceChanges{Amount: &amount},
		ImageUrl: nullable.NewNullNullable[string](),
	}))
	if changed.JSON200 != nil {
		fmt.Printf("changed to %d, version %d\n", changed.JSON200.Price.Amount, changed.JSON200.Version)
	}
	// docs

	etag, name := `"1"`, "Blue shoe"
	overtaken := must(client.PatchProductWithResponse(ctx, id, &catalogue.PatchProductParams{IfMatch: &etag}, catalogue.ProductChanges{Name: &name}))
	if problem := overtaken.ApplicationproblemJSON412; problem != nil {
		fmt.Printf("412 %s: now %d\n", problem.Code, problem.CurrentVersion)
	}

	// docs
	taken := must(client.CreateProductWithResponse(ctx, nil, product(1)))
	switch problem := must(taken.ApplicationproblemJSON409.ValueByDiscriminator()).(type) {
	case catalogue.SkuTaken:
		fmt.Printf("409 %s: %s\n", problem.Code, problem.Field)
	}
	// docs

	for number := 2; number <= 3; number++ {
		if more := must(client.CreateProductWithResponse(ctx, nil, product(number))); more.JSON201 == nil {
			log.Fatal(more.Status())
		}
	}
	count, limit := 0, 2
	query := catalogue.ListAllProductsParams{CategoryId: &category.Id, Limit: &limit}
	for {
		page := must(client.ListAllProductsWithResponse(ctx, &query)).JSON200
		count += len(page.Items)
		if query.NextToken = page.NextToken; page.NextToken == nil {
			break
		}
	}
	fmt.Println("paged through", count)

	for _, stack := range []stack{jwt, lambda} {
		shopper := connect(stack, "shopper@example.com")
		refused := must(shopper.CreateCategoryWithResponse(ctx, nil, catalogue.CategoryInput{Name: "Mine"}))
		if answer := refused.ApplicationproblemJSON403; answer != nil {
			fmt.Println("403", must(answer.AsForbidden()).Code)
		} else if answer := refused.JSON403; answer != nil {
			fmt.Println("403 from the gateway:", must(answer.AsGatewayMessage()).Message)
		}
	}

	deleted := must(client.DeleteProductWithResponse(ctx, id, nil))
	fmt.Println("deleted:", deleted.StatusCode())
}

func read(file string) (stack stack) {
	if err := json.Unmarshal(must(os.ReadFile(file)), &stack); err != nil {
		log.Fatal(err)
	}
	return stack
}

func must[Value any](value Value, err error) Value {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
