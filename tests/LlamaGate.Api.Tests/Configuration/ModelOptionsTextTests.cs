using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.Configuration;

/// <summary>A wrong type is found at the start: Ollama would refuse every call with it (recordings chat_option_bad_type, chat_stop_string).</summary>
public class ModelOptionsTextTests
{
    [Theory]
    [InlineData("""{"a":1}""", "\"a\" must be an object of Ollama's options, like {\"num_ctx\":32768}")]
    [InlineData("""{"a":{"num_ctx":"32768"}}""", "num_ctx of \"a\" must be an integer")]
    [InlineData("""{"a":{"num_ctx":8192.5}}""", "num_ctx of \"a\" must be an integer")]
    [InlineData("""{"a":{},"b*":{"seed":1,"temperature":"0.5"}}""", "temperature of \"b*\" must be a number")]
    [InlineData("""{"a":{"num_ctx":0}}""", "num_ctx of \"a\" must be an integer from 1 to 16777216")]
    [InlineData("""{"a":{"num_ctx":16777217}}""", "num_ctx of \"a\" must be an integer from 1 to 16777216")]
    [InlineData("""{"a":{},"b":{},"a":{"seed":1}}""", "\"a\" occurs twice")]
    [InlineData("""{"a":{"seed":1,"seed":2}}""", "seed of \"a\" occurs twice")]
    [InlineData("""{"a":{"max_ctx":8192}}""", "max_ctx of \"a\" is not an option of Ollama; set it in HOSTS_FILE, under \"models\"")]
    [InlineData("""{"a":{"slots":2}}""", "slots of \"a\" is not an option of Ollama; set it in HOSTS_FILE, under \"models\"")]
    [InlineData("""{"a":{"use_mmap":1}}""", "use_mmap of \"a\" must be true or false")]
    [InlineData("""{"a":{"stop":"end"}}""", "stop of \"a\" must be a list of strings")]
    [InlineData("""{"a":{"stop":[1]}}""", "stop of \"a\" must be a list of strings")]
    [InlineData("""{"a":{"options":{"num_ctx":1}}}""", "options of \"a\" must be a number, a string, true, false or a list")]
    [InlineData(
        """{"a":{"keep_alive":"30"}}""",
        "keep_alive of \"a\" must be a duration like \"30m\", or a number of seconds; -1 = forever")]
    public void Refuse_WrongMember_NamesItAndItsType(string text, string problem) =>
        Assert.Equal("MODEL_OPTIONS: " + problem, Variables.All.Single(variable => variable.Name == "MODEL_OPTIONS").Refuse(text));

    [Theory]
    [InlineData("""{"a":{"num_ctx":8192.0,"num_gpu":-1,"temperature":1,"use_mmap":false,"stop":[],"keep_alive":"-1m"}}""")]
    [InlineData("""{"a":{"num_ctx":1},"b":{"num_ctx":16777216},"A":{}}""")]
    [InlineData("""{"a":{"of_a_later_version":"x","keep_alive":-1}}""")]
    public void Parse_AllowedTypes_AreTaken(string text) => Assert.NotNull(ModelOptionsText.Parse(text, out _));
}
