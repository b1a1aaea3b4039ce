using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Native;

/// <summary>Bodies that the gateway reads otherwise than Ollama would, or not at all, do not pass.</summary>
public sealed class BodyTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("", "missing request body")]
    [InlineData("[]", "The request body must be a JSON object.")]
    [InlineData("null", "The request body must be a JSON object.")]
    [InlineData("""{"model":"plain" """, "The request body is not valid JSON (line 1, byte 18).")]
    [InlineData("{\n\"model\":x}", "The request body is not valid JSON (line 2, byte 9).")]
    [InlineData("""{"model":"a","model":"b"}""", "model occurs more than once.")]
    [InlineData("""{"model":"a","Model":"b"}""", "Model occurs more than once.")]
    [InlineData("""{"model":"a","mod\u0065l":"b"}""", "model occurs more than once.")]
    [InlineData("""{"keep_alive":0,"\u212Aeep_alive":1}""", "keep_alive occurs more than once.")]
    [InlineData("""{"stream":false,"ſtream":true}""", "stream occurs more than once.")]
    [InlineData("""{"options":{},"OPTIONS":{}}""", "OPTIONS occurs more than once.")]
    [InlineData("""{"model":"\ud800"}""", "model is not valid Unicode text.")]
    [InlineData("""{"\ud800":1}""", "The request body contains a name that is not valid Unicode.")]
    public async Task Body_ThatCannotBeJudged_IsRefusedWithAText(string body, string error)
    {
        shared.Bed.Ollama.Reset();
        var answer = await shared.Bed.CallAsync("POST", NativeCalls.Chat, body);
        Assert.Equal(400, answer.Status);
        Assert.Equal(error, answer.ErrorText());
        Assert.Empty(shared.Bed.Ollama.Requests);
    }

    [Fact]
    public async Task Body_OfVeryManyMembers_IsRefused()
    {
        var members = string.Join(',', Enumerable.Range(0, 101).Select(number => $"\"m{number}\":1"));
        var answer = await shared.Bed.CallAsync("POST", NativeCalls.Chat, $"{{{members}}}");
        Assert.Equal(400, answer.Status);
        Assert.Equal("The request body has more than 100 members.", answer.ErrorText());
    }

    [Theory]
    [InlineData("""{"model":"plain","messages":[{"role":"user","content":"hi","content":"ho"}],"stream":false}""")]
    [InlineData("""{ "messages" : [{"role":"user","content":"hi"}] , "MODEL" : "plain" , "stream" : false , "x":{"model":"y"}} trailing""")]
    public async Task Body_ThatIsClear_PassesAsItIs(string body)
    {
        shared.Bed.Ollama.Reset();
        shared.Bed.Ollama.Enqueue(LlamaGate.OllamaEmulator.Scenario.Recorded("chat_nonstream"));
        Assert.Equal(200, (await shared.Bed.CallAsync("POST", NativeCalls.Chat, body)).Status);
        Assert.Equal(body, Assert.Single(shared.Bed.Ollama.Requests).Body);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task ContentType_OfAnyKind_IsNotChecked(string type)
    {
        var answer = await shared.Bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi, ("Content-Type", type));
        Assert.Equal(200, answer.Status);
    }
}
