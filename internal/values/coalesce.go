package values

// Coalesce lays the user's values over the defaults of a chart that has no
// subcharts, as Helm does before it renders: mappings merge, the user wins, and
// a null removes a default. What was removed is kept in Node.Removed. The
// defaults are the mapping of the chart's values.yaml, or nil.
func Coalesce(defaults *Node, user *Values, p Profile) *Values {
	return CoalesceChart(&Chart{Defaults: defaults}, user, p).Values
}
