using System.CommandLine;
using System.CommandLine.Parsing;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine.Connections;

/// <summary><c>--url</c>: a root like <c>https://llm.example.com</c>, in the same form as OLLAMA_HOST.</summary>
internal static class UrlOption
{
    private const string Name = "--url";

    public static Option<Uri?> Create(string description) => new(Name)
    {
        Description = description,
        HelpName = "url",
        CustomParser = Parse,
    };

    /// <summary>A refused value is not shown: it may contain a password.</summary>
    private static Uri? Parse(ArgumentResult result)
    {
        if (!OllamaAddress.TryParse(result.Tokens[0].Value, out var url))
        {
            result.AddError($"{Name}: use an http:// or https:// URL, or host:port.");
        }
        else if (url.UserInfo.Length > 0)
        {
            result.AddError($"{Name}: a user name or password in it would be visible in the process list; leave it out.");
        }

        return url;
    }
}
