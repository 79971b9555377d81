import Page from './index.jsx'

export default () => <Page />
