# Third-party products that the configuration lists, and charts of such products.
package policies["genesys-suite"].lib

import data.policies["genesys-suite"].data as tables

# listed are all products of the configuration, as {name, type, product}.
listed contains {"name": name, "type": product_type(name), "product": product} if {
	some name, product in input.context.thirdParty
	is_object(product)
}

# products_listed says that the configuration lists third-party products, be it none.
products_listed if is_object(input.context.thirdParty)

# data_stores are the types of products that keep data.
data_stores := {"redis", "postgresql", "mssql", "kafka", "elasticsearch", "opensearch"}

# users are the services that a product is listed for; all when it names none.
users(product) := {key |
	some name in object.get(product, "usedBy", [])
	key := service_named(name)
}

# serves says that a product is listed for a service or one of its components, or for no one in particular.
serves(product, _, _) if count(object.get(product, "usedBy", [])) == 0

serves(product, key, _) if {
	some name in product.usedBy
	service_named(name) == key
	not tables.parents[lower(name)]
}

serves(product, _, part) if {
	some name in product.usedBy
	lower(name) == part
}

# A component serves where nothing tells which one the release is.
serves(product, key, part) if {
	some name in product.usedBy
	tables.parents[lower(name)] == key
	part == key
}

# supplied says that a product of one of the types is there for a service: listed, or a release of the fleet.
supplied(types, key, part) if {
	some entry in listed
	entry.type in types
	serves(entry.product, key, part)
}

supplied(types, _, _) if count(types & released_types) > 0

# released_types are the types of products that releases of the fleet are of.
released_types := {type |
	some release in input.releases
	type := product_of(release)
}

# product_of is the type of third-party product that a chart is of, by its name: kafka, strimzi-kafka-operator.
product_of(release) := type if {
	not service_of_chart(release)
	some type in {"redis", "kafka", "consul", "elasticsearch", "opensearch", "mssql", "postgresql"}
	contains(lower(release.release.chart.name), type)
} else := "postgresql" if {
	not service_of_chart(release)
	contains(lower(release.release.chart.name), "postgres")
}

# service_of_chart says that the chart is one of the suite's.
service_of_chart(release) if tables.value_paths[release.release.chart.name].service != "third-party"

# product_values are the values of charts of a type in the fleet, by the index of the release.
product_values(type) := {i: release.values |
	some i, release in input.releases
	product_of(release) == type
}

# nothing_told says that these are values of a file that nobody knows, judged by this pack because its user says so.
nothing_told if {
	input.values
	foreign(here)
}
