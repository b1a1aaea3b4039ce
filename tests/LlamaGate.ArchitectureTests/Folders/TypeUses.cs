using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace LlamaGate.ArchitectureTests.Folders;

/// <summary>The types that a compiled type uses: in its signatures, its attributes and the code of its methods.</summary>
internal static class TypeUses
{
    public static IEnumerable<TypeDefinition> TypesOf(ModuleDefinition module) => module.GetAllTypes();

    /// <summary>By full name with namespace; nested types count as the type they are nested in.</summary>
    public static IEnumerable<TypeReference> Of(TypeDefinition type) => Flatten(
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.GenericParameters.SelectMany(ConstraintsOf),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.SelectMany(OfMethod),
        .. new ICustomAttributeProvider[] { type }.Concat(type.Fields).Concat(type.Methods).Concat(type.Properties)
            .Concat(type.Methods.SelectMany(method => method.Parameters)).SelectMany(AttributesOf),
    ]);

    /// <summary>The namespace in which a type stands, nested or not.</summary>
    public static string NamespaceOf(TypeReference type) =>
        type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    private static IEnumerable<TypeReference?> OfMethod(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.GenericParameters.SelectMany(ConstraintsOf),
        .. method.HasBody ? OfBody(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> OfBody(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(OfInstruction),
    ];

    private static IEnumerable<TypeReference?> OfInstruction(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method =>
            [method.DeclaringType, method.ReturnType, .. method.GenericArguments, .. method.Parameters.Select(p => p.ParameterType)],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference?> ConstraintsOf(GenericParameter parameter) =>
        parameter.Constraints.Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference?> AttributesOf(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments
            .Concat(attribute.Properties.Select(property => property.Argument))
            .Select(argument => argument.Value as TypeReference)
            .Append(attribute.AttributeType));

    private static IEnumerable<TypeReference> Flatten(IEnumerable<TypeReference?> types)
    {
        var open = new Stack<TypeReference>(types.OfType<TypeReference>());
        while (open.TryPop(out var type))
        {
            if (type is GenericInstanceType generic)
            {
                foreach (var argument in generic.GenericArguments)
                {
                    open.Push(argument);
                }
            }

            if (type is TypeSpecification specification)
            {
                open.Push(specification.ElementType);
            }
            else if (type is not GenericParameter)
            {
                yield return type;
            }
        }
    }
}
