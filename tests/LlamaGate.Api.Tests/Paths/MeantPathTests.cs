using LlamaGate.Api.Paths;

namespace LlamaGate.Api.Tests.Paths;

public class MeantPathTests
{
    [Theory]
    [InlineData("/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("//v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/v1//chat///completions", "/v1/chat/completions")]
    [InlineData("/v1/chat/completions//", "/v1/chat/completions/")]
    [InlineData("/chat/completions", "/v1/chat/completions")]
    [InlineData("/v1/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/v1/v1/v1/models/a/b", "/v1/models/a/b")]
    [InlineData("/V1/Models", "/v1/Models")]
    [InlineData("/openai/v1/responses", "/v1/responses")]
    [InlineData("/openai/models", "/v1/models")]
    [InlineData("/health", "/health")]
    [InlineData("//health", "/health")]
    [InlineData("//swagger//index.html", "/swagger/index.html")]
    [InlineData("/v1", "/v1")]
    [InlineData("/v1/v1", "/v1/v1")]
    [InlineData("/v1beta/models", "/v1beta/models")]
    [InlineData("/v11/models", "/v11/models")]
    [InlineData("/chats", "/chats")]
    [InlineData("/api/chat", "/api/chat")]
    [InlineData("/openai", "/openai")]
    [InlineData("/", "/")]
    [InlineData("", "")]
    public void Of_Path_IsTheRouteThatWasMeant(string path, string meant) =>
        Assert.Equal(new MeantPath(meant), MeantPath.Of(path));

    [Theory]
    [InlineData("/openai/deployments/m/chat/completions", "/v1/chat/completions", "m")]
    [InlineData("/openai/deployments/m/completions", "/v1/completions", "m")]
    [InlineData("/openai/deployments/m/embeddings", "/v1/embeddings", "m")]
    [InlineData("//openai//deployments/m/embeddings/", "/v1/embeddings", "m")]
    [InlineData("/OpenAI/Deployments/Llama3.2:3b/Chat/Completions", "/v1/chat/completions", "Llama3.2:3b")]
    [InlineData("/openai/deployments/hf.co/user/model:tag/chat/completions", "/v1/chat/completions", "hf.co/user/model:tag")]
    [InlineData("/openai/deployments/hf.co%2Fuser%2Fmodel/completions", "/v1/completions", "hf.co/user/model")]
    public void Of_PathOfADeployment_NamesTheModel(string path, string meant, string deployment) =>
        Assert.Equal(new MeantPath(meant, deployment), MeantPath.Of(path));

    [Theory]
    [InlineData("/openai/deployments/chat/completions")]
    [InlineData("/openai/deployments/m/images/generations")]
    [InlineData("/openai/deployments/m")]
    [InlineData("/openai/deployments/")]
    [InlineData("/openai/deployments")]
    [InlineData("/deployments/m/chat/completions")]
    public void Of_PathOfNoDeployment_IsItself(string path) => Assert.Null(MeantPath.Of(path).Deployment);
}
