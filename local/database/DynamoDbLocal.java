import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** Runs AWS's DynamoDB Local for programs of this machine: by itself it listens on every address, and answers every web page. */
class DynamoDbLocal {
  public static void main(String[] options) throws Exception {
    var dynamodb = ServerRunner.createServerFromCommandLineArgs(options);
    // There is no option for the address, and no other way to the server that has one.
    var field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    var server = (Server) field.get(dynamodb);
    ((ServerConnector) server.getConnectors()[0]).setHost("127.0.0.1");
    server.setHandler(new ForThisMachine(server.getHandler()));
    dynamodb.start();
    dynamodb.join();
  }

  /** As local/loopback/guard.ts, for no origin at all. */
  static class ForThisMachine extends Handler.Wrapper {
    ForThisMachine(Handler handler) {
      super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      var isOfPage = request.getHeaders().contains(HttpHeader.ORIGIN);
      if (!isOfPage && Set.of("127.0.0.1", "localhost", "[::1]").contains(Request.getServerName(request))) {
        return super.handle(request, response, callback);
      }
      response.setStatus(403);
      callback.succeeded();
      return true;
    }
  }
}
