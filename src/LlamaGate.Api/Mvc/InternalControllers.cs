using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace LlamaGate.Api.Mvc;

/// <summary>MVC finds only public controllers; ours are internal, like everything that no other layer needs.</summary>
internal sealed class InternalControllers : ControllerFeatureProvider
{
    protected override bool IsController(TypeInfo typeInfo) =>
        base.IsController(typeInfo)
        || (typeInfo is { IsClass: true, IsAbstract: false, IsPublic: false, ContainsGenericParameters: false }
            && typeInfo.IsSubclassOf(typeof(ControllerBase)));
}
