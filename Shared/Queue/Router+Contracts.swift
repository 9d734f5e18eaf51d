import Contracts

extension Router {
    /// What is wrong with what a service serves: a method of its contracts that nobody registered, which would wait for ever, or
    /// one that is another's. Empty when it serves exactly its contracts.
    public func differences(fromContractsOf service: String) -> [String] {
        let contracts = Set(AllMethods.all.map(\.name).filter { $0.hasPrefix("puente.\(service).") })
        guard !contracts.isEmpty else { return ["puente.\(service) has no contracts"] }
        return contracts.subtracting(methods).sorted().map { "\($0) is not served" }
            + Set(methods).subtracting(contracts).sorted().map { "\($0) is none of its contracts" }
    }
}
