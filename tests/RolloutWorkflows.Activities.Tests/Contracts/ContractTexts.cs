namespace RolloutWorkflows.Activities.Tests;

/// <summary>A description that the tests change in one place each.</summary>
internal static class ContractTexts
{
    public const string Runs =
        """
        openapi: 3.0.3
        info: { title: Runs, version: "2" }
        security: [ { key: [] } ]
        paths:
          /v2/runs:
            get:
              parameters:
                - { name: limit, in: query, schema: { type: integer, format: int64, minimum: 1, maximum: 100 } }
                - { name: X-Trace, in: header, schema: { type: string } }
              responses:
                "200":
                  description: A page.
                  headers: { X-Total: { required: true, schema: { type: integer } } }
                  content: { application/json: { schema: { $ref: "#/components/schemas/Page" } } }
                "404": { description: None. }
            post:
              requestBody:
                content: { application/json: { schema: { $ref: "#/components/schemas/NewRun" } } }
              responses:
                "201": { description: Made., content: { application/json: { schema: { $ref: "#/components/schemas/Run" } } } }
                default: { description: A problem. }
          /v2/runs/{id}:
            parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
            get:
              security: []
              responses: { "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Run" } } } } }
            delete:
              security: [ { key: [] }, { login: [runs] } ]
              responses: { "204": { description: Gone. } }
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-Key }
            login: { type: oauth2, flows: {} }
          schemas:
            Page:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: "#/components/schemas/Run" } }
                next: { type: string, nullable: true }
            Run:
              type: object
              required: [id, state]
              properties:
                id: { type: string, format: uuid, readOnly: true }
                state: { type: string, enum: [queued, running, done] }
                agent: { allOf: [ { $ref: "#/components/schemas/Agent" } ] }
                children: { type: array, items: { $ref: "#/components/schemas/Run" } }
                result: { oneOf: [ { type: string }, { $ref: "#/components/schemas/Failure" } ] }
                labels: { type: object, additionalProperties: { type: string } }
            NewRun:
              type: object
              required: [agent]
              properties:
                agent: { type: string, minLength: 1, maxLength: 20, pattern: "^[a-z]+$" }
                priority: { type: string, enum: [low, high] }
                note: { type: string }
            Agent: { type: object, required: [name], properties: { name: { type: string } } }
            Failure: { type: object, required: [code], properties: { code: { type: integer } } }
        """;

    public static ContractFindings Compare(string canonical, string service) => ContractComparison.Compare(ContractDocument.Read(canonical), ContractDocument.Read(service));
}
