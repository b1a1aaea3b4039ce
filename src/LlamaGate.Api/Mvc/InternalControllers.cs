using System.Reflection;
using LlamaGate.Api.Configuration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace LlamaGate.Api.Mvc;

/// <summary>
/// MVC finds only public controllers; ours are internal, like everything that no other layer needs. Controllers that the settings switch
/// off are not found, so their routes do not exist.
/// </summary>
internal sealed class InternalControllers(GatewaySettings settings) : ControllerFeatureProvider
{
    protected override bool IsController(TypeInfo typeInfo) =>
        (base.IsController(typeInfo) || IsInternalController(typeInfo))
        && typeInfo.GetCustomAttribute<ServedAttribute>()?.IsServed(settings) is not false;

    private static bool IsInternalController(TypeInfo typeInfo) =>
        typeInfo is { IsClass: true, IsAbstract: false, IsPublic: false, ContainsGenericParameters: false }
        && typeInfo.IsSubclassOf(typeof(ControllerBase));
}
