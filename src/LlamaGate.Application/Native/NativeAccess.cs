using LlamaGate.Application.Models;
using LlamaGate.Application.Native.Contracts;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Native;

/// <summary>Refuses bodies that name a model which the caller may not use, in any of their members.</summary>
internal static class NativeAccess
{
    /// <param name="aliases">Those that apply to <c>model</c> and <c>name</c>.</param>
    public static void ThrowUnlessAllowed(Caller caller, NativeBody body, ModelAliases aliases)
    {
        if (caller.Policy.Models.IsUnlimited)
        {
            return;
        }

        // Ollama takes an empty name for none.
        foreach (var asked in body.Names.Select(named => named.Name).Where(name => name.Length > 0))
        {
            ForbiddenModel.ThrowUnlessAllowed(caller, aliases.Resolve(asked), asked);
        }

        foreach (var asked in body.OtherNames.Where(name => name.Length > 0))
        {
            ForbiddenModel.ThrowUnlessAllowed(caller, asked, asked);
        }
    }
}
