/// The services of the system, by their names, in the order in which they are started. Roles, rights, processes, health and
/// tests follow from this list; nothing else lists them.
public enum ServiceCatalogue {
    /// Every service. Its program is `puente-<name>`, its role `puente_<name>`, its schema has its name.
    public static let all = ["coordination", "projects", "transfers", "reporting"]

    /// The role of a service.
    public static func role(of service: String) -> String { "puente_\(service)" }

    /// The setting by which `cluster.sql` knows them, for one transaction.
    static let setting = "SET LOCAL puente.services = '\(all.joined(separator: ","))'"
}
