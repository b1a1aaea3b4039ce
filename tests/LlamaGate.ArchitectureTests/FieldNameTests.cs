using System.Text.RegularExpressions;
using LlamaGate.ArchitectureTests.Folders;
using LlamaGate.Domain.Errors;
using Mono.Cecil;

namespace LlamaGate.ArchitectureTests;

/// <summary>The upstream side speaks the domain's words. Each dialect spells them for its callers.</summary>
public sealed partial class FieldNameTests
{
    /// <summary>Fields of OpenAI's APIs that Ollama's own API does not have.</summary>
    [Fact]
    public void Infrastructure_Sources_HoldNoFieldNameOfOpenAI()
    {
        var files = Projects.Files("src/LlamaGate.Infrastructure", "*.cs").ToList();
        Assert.NotEmpty(files);
        Assert.Empty(
            from file in files
            from name in FieldName().Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(Projects.Root, file)}: {name.Value}");
    }

    /// <summary>Some names, <c>messages</c> above all, are Ollama's as well; so what counts is that none of them reaches a caller.</summary>
    [Fact]
    public void Infrastructure_Exceptions_NameFieldsByTheDomainsWordsOnly()
    {
        using var module = ModuleDefinition.ReadModule(Projects.Infrastructure.Location);
        Assert.Empty(
            from type in TypeUses.TypesOf(module)
            from method in type.Methods
            where method.HasBody && method.Body.Instructions.Any(
                instruction => instruction.Operand is MethodReference { Name: $"set_{nameof(GatewayException.Path)}" } set
                    && set.DeclaringType.FullName == typeof(GatewayException).FullName)
            select method.FullName);
    }

    [GeneratedRegex(
        "reasoning_effort|reasoning\\.effort|response_format|text\\.format|max_completion_tokens|max_tokens|max_output_tokens|tool_choice"
            + "|parallel_tool_calls|stream_options|function_call|encoding_format|input_audio|image_url",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldName();
}
