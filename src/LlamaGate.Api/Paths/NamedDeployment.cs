using System.Text.Json.Serialization.Metadata;

namespace LlamaGate.Api.Paths;

/// <summary>The deployment that an Azure client named in the path, as a request feature.</summary>
internal sealed record NamedDeployment(string Name)
{
    private const string Model = "model";

    /// <summary>It is the model, whatever the body says.</summary>
    public static void ApplyTo(object body, HttpContext context, JsonTypeInfo type)
    {
        if (context.Features.Get<NamedDeployment>() is { } deployment)
        {
            type.Properties.First(property => property.Name == Model).Set!(body, deployment.Name);
        }
    }
}
