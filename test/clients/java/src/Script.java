/** A client that openapi-generator has made of docs/openapi.json. */
import catalogue.ApiClient;
import catalogue.ApiException;
import catalogue.ApiResponse;
import catalogue.api.CategoriesApi;
import catalogue.api.ProductsApi;
import catalogue.model.*;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

public class Script {
  static final ObjectMapper json = ApiClient.createDefaultObjectMapper();

  /** A client with an access token of the user. */
  static ApiClient connect(JsonNode stack, String email) throws Exception {
    String password = System.getenv("CATALOG_PASSWORD");
    Map<String, Object> body =
        Map.of(
            "ClientId", stack.get("clientId").asText(),
            "AuthFlow", "USER_PASSWORD_AUTH",
            "AuthParameters", Map.of("USERNAME", email, "PASSWORD", password));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.get("cognitoUrl").asText()))
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth")
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    String answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    String token = json.readTree(answer).at("/AuthenticationResult/AccessToken").asText();
    // docs
    ApiClient client = new ApiClient();
    client.updateBaseUri(stack.get("apiUrl").asText());
    client.setRequestInterceptor(sent -> sent.header("Authorization", "Bearer " + token));
    // docs
    return client;
  }

  public static void main(String[] files) throws Exception {
    // One behind the JWT authorizer, and one behind the Lambda authorizer.
    JsonNode jwt = json.readTree(Path.of(files[0]).toFile());
    JsonNode lambda = json.readTree(Path.of(files[1]).toFile());
    ApiClient client = connect(jwt, "admin@example.com");
    CategoriesApi categories = new CategoriesApi(client);
    ProductsApi products = new ProductsApi(client);
    System.out.println("signed in");

    Category category = categories.createCategory(new CategoryInput().name("java"), null);
    String key = UUID.randomUUID().toString();
    ApiResponse<Product> created = products.createProductWithHttpInfo(product(1, category), key);
    Price price = created.getData().getPrice();
    System.out.println("created at " + price.getAmount() + " " + price.getCurrency());
    String id = created.getData().getId();

    // docs
    String etag = created.getHeaders().get("ETag").get(0);
    ProductChanges changes = new ProductChanges().price(new PriceChanges().amount(3_900L)).imageUrl(null);
    Product changed = products.patchProduct(id, changes, etag);
    System.out.println("changed to " + changed.getPrice().getAmount() + ", version " + changed.getVersion());
    // docs

    try {
      products.patchProduct(id, new ProductChanges().name("Blue shoe"), "\"1\"");
    } catch (ApiException error) {
      StaleVersion problem = json.readValue(error.getResponseBody(), StaleVersion.class);
      System.out.println(error.getCode() + " " + problem.getCode() + ": now " + problem.getCurrentVersion());
    }

    // docs
    try {
      products.createProduct(product(1, category), null);
    } catch (ApiException error) {
      SkuTakenOrSlugTaken problem = json.readValue(error.getResponseBody(), SkuTakenOrSlugTaken.class);
      if (problem.getActualInstance() instanceof SkuTaken taken) {
        System.out.println(error.getCode() + " " + taken.getCode() + ": " + taken.getField());
      }
    }
    // docs

    for (int number : List.of(2, 3)) products.createProduct(product(number, category), null);
    int count = 0;
    String nextToken = null;
    do {
      ProductPage page = products.listAllProducts(category.getId(), null, null, null, 2, nextToken, null, null, null, null);
      count += page.getItems().size();
      nextToken = page.getNextToken();
    } while (nextToken != null);
    System.out.println("paged through " + count);

    for (JsonNode stack : List.of(jwt, lambda)) {
      try {
        new CategoriesApi(connect(stack, "shopper@example.com")).createCategory(new CategoryInput().name("Mine"), null);
      } catch (ApiException error) {
        // By the class it cannot tell them apart: the gateway's is a problem without fields.
        String body = error.getResponseBody();
        Forbidden problem = json.readValue(body, ForbiddenOrGatewayMessage.class).getForbidden();
        System.out.println(
            error.getCode()
                + (problem.getCode() == null
                    ? " from the gateway: " + json.readValue(body, GatewayMessage.class).getMessage()
                    : " " + problem.getCode()));
      }
    }

    System.out.println("deleted: " + products.deleteProductWithHttpInfo(id, null).getStatusCode());
  }

  static ProductInput product(int number, Category category) {
    String sku = "java-" + number;
    PriceInput price = new PriceInput().amount(5_000_000_000L).currency(Currency.EUR);
    return new ProductInput().sku(sku).slug(sku).name("Red shoe").price(price).categoryId(category.getId());
  }
}
