using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine;

/// <summary>
/// Handles what people type out of habit. <c>help</c>, <c>version</c>, <c>-v</c> and <c>serve</c> work; for a setting given
/// as an option, the error explains how to set it.
/// </summary>
internal static class UsageHints
{
    public static string[] Normalize(string[] arguments) => arguments switch
    {
        ["serve" or "start", .. var rest] => rest,
        ["version" or "-v" or "-V"] => ["--version"],
        ["help"] => ["--help"],
        ["help", .. var command] => [.. command, "--help"],
        _ => arguments,
    };

    /// <summary>A line for each setting among the unrecognized words.</summary>
    /// <param name="words">Those words.</param>
    /// <param name="answered">The words that the lines cover, including the settings' values.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<string> words, out IReadOnlySet<string> answered)
    {
        var lines = new List<string>();
        var dealtWith = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
        {
            var (word, value) = words[i].Split('=', 2) is [var name, var rest] ? (name, rest) : (words[i], null);
            if (Find(word) is not { } variable)
            {
                continue;
            }

            dealtWith.Add(words[i]);
            if (value is null && i + 1 < words.Count && !words[i + 1].StartsWith('-'))
            {
                value = words[++i];
                dealtWith.Add(value);
            }

            // A secret is not printed.
            var setting = $"{variable.Name}={(variable.IsSecret || string.IsNullOrEmpty(value) ? "..." : variable.Redact(value))}";
            lines.Add($"{word} is not an option: settings are variables. Write {setting} into .env, or before the command: {setting} llamagate");
        }

        answered = dealtWith;
        return lines;
    }

    private static Variable? Find(string word)
    {
        var name = NearestName.Find(word.TrimStart('-'), Variables.All.Select(variable => variable.Name));
        return Variables.All.FirstOrDefault(variable => variable.Name == name);
    }
}
